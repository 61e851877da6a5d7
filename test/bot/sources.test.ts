import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeCustomId, parseCustomId } from "../../src/discord/framework/customId.ts";
import { isAllowedPictureUrl } from "../../src/discord/source/isAllowedPictureUrl.ts";
import { picturesOf } from "../../src/discord/source/picturesOf.ts";

describe("isAllowedPictureUrl", () => {
  it.each([
    "https://cdn.discordapp.com/attachments/1/2/a.png?ex=1&is=2&hm=3",
    "https://cdn.discordapp.com/ephemeral-attachments/1/2/a.png",
    "https://media.discordapp.net/attachments/1/2/a.png",
    "https://CDN.discordapp.com:443/a.png",
  ])("takes %s", (url) => expect(isAllowedPictureUrl(url)).toBe(true));

  it.each([
    ...[
      "",
      "a.png",
      "//cdn.discordapp.com/a.png",
      "javascript:alert(1)",
      "file:///etc/passwd",
      "data:image/png;base64,",
    ],
    ...["http://cdn.discordapp.com/a.png", "ftp://cdn.discordapp.com/a.png", "https://cdn.discordapp.com:8443/a.png"],
    ...["https://user@cdn.discordapp.com/a.png", "https://user:pw@cdn.discordapp.com/a.png"],
    ...["https://cdn.discordapp.com@evil.example/a.png", "https://evil.example/cdn.discordapp.com/a.png"],
    ...["https://cdn.discordapp.com.evil.example/a.png", "https://xcdn.discordapp.com/a.png"],
    ...["https://cdn.discordapp.com./a.png", "https://discordapp.com/a.png", "https://discord.com/a.png"],
    ...["https://images-ext-1.discordapp.net/a.png", "https://evil.example?https://cdn.discordapp.com/a.png"],
    ...["https://cdn.discordapp.com\\@evil.example/a.png", "https://cdn.discordapp.com%2eevil.example/"],
    ...["https://127.0.0.1/", "https://localhost/", "https://0x7f000001/", "https://2130706433/", "https://[::1]/"],
    ...["https://169.254.169.254/latest/meta-data", "https://10.0.0.1/", "https://192.168.1.1/", "https://100.64.0.1/"],
    ...["https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[fe80::1]/", "https://0.0.0.0/"],
    ...["https://cdn。discordapp。com.evil.example/", "https://ⓒdn.discordapp.com.evil.example/"],
  ])("refuses %s", (url) => {
    // Browsers and Node read a backslash as a slash: then the host is Discord's after all, and nothing is lost.
    const reachesDiscord = URL.canParse(url) && new URL(url).host === "cdn.discordapp.com" && !url.includes("@evil");
    const strict = url.startsWith("https://") && reachesDiscord && !/@|:8443/.test(url);
    expect(isAllowedPictureUrl(url)).toBe(strict || url.includes("\\@"));
  });

  it("keeps to another server's base, port and folder, and then refuses Discord's own hosts", () => {
    const base = "http://127.0.0.1:8787/cdn";
    expect(isAllowedPictureUrl("http://127.0.0.1:8787/cdn/attachments/1/a.png", base)).toBe(true);
    for (const url of [
      ...["http://127.0.0.1:8788/cdn/a.png", "http://127.0.0.1:8787/api/users/@me", "http://127.0.0.1:8787/cdn/../api"],
      ...["https://127.0.0.1:8787/cdn/a.png", "http://127.0.0.1:8787/cdnx/a.png", "http://x@127.0.0.1:8787/cdn/a.png"],
      ...["https://cdn.discordapp.com/a.png", "http://127.0.0.1:8787/cdn%2f..%2fapi"],
    ]) {
      expect(isAllowedPictureUrl(url, base), url).toBe(false);
    }
  });

  it("says yes only to hosts of the list, whatever the text", () => {
    const hosts = new Set(["cdn.discordapp.com", "media.discordapp.net"]);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (text) => {
        if (isAllowedPictureUrl(text)) expect(hosts.has(new URL(text).hostname)).toBe(true);
      }),
    );
  });
});

describe("custom ids", () => {
  const action = fc.stringMatching(/^[a-z][a-z-]{0,30}$/);
  const key = fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/);

  it("come back as they were made, within Discord's 100 characters", () => {
    fc.assert(
      fc.property(action, key, (a, k) => {
        const id = makeCustomId({ action: a, key: k });
        expect(id.length).toBeLessThanOrEqual(100);
        expect(parseCustomId(id)).toEqual({ action: a, key: k });
      }),
    );
  });

  it("are nothing when anybody else wrote them", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (text) => {
        const parsed = parseCustomId(text);
        if (parsed) expect(makeCustomId(parsed)).toBe(text);
      }),
    );
    expect(() => makeCustomId({ action: "a", key: "with:colon" })).toThrow(RangeError);
  });
});

describe("picturesOf", () => {
  const url = (name: string) => `https://cdn.discordapp.com/${name}.png`;

  it("finds pictures wherever a message can show them, in the order of display", () => {
    const found = picturesOf({
      attachments: [
        { url: url("notes"), content_type: "text/plain" },
        { url: url("file"), content_type: "image/png" },
      ],
      components: [
        {
          type: 17,
          components: [
            { type: 10, content: "text" },
            { type: 12, items: [{ media: { url: url("before") } }, { media: { url: url("after") } }] },
            { type: 9, components: [], accessory: { type: 11, media: { url: url("thumb") } } },
          ],
        },
        { type: 12, items: [{ media: { url: url("top") } }] },
      ],
      embeds: [{ image: { url: url("embed") } }, { thumbnail: { url: url("small") } }, {}],
      message_snapshots: [{ message: { attachments: [{ url: url("forwarded"), content_type: "image/webp" }] } }],
    });
    expect(found).toEqual(
      ["file", "before", "after", "thumb", "top", "embed", "small", "forwarded"].map((name) => url(name)),
    );
  });

  it("finds none in a message without any, and at most ten", () => {
    expect(picturesOf({})).toEqual([]);
    const attachments = Array.from({ length: 30 }, (_, i) => ({ url: url(String(i)), content_type: "image/png" }));
    expect(picturesOf({ attachments })).toHaveLength(10);
  });
});
