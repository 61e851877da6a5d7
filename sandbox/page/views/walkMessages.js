/**
 * Arrow keys, Home and End go from message to message, R replies, Escape goes from a message's parts to the message and
 * from there back to the box to write in.
 * @param {HTMLElement} list the element that scrolls
 * @param {{reply: (id: string) => void, leave: () => void}} actions
 */
export function walkMessages(list, { reply, leave }) {
  list.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = event.target instanceof Element ? event.target : list;
    const article = here.closest("article.message");
    const isPart = here !== list && here !== article;
    if (isPart) {
      if (event.key !== "Escape" || here.closest("[popover], dialog")) return;
      article?.focus();
      event.preventDefault();
      return;
    }
    const all = [...list.querySelectorAll("article.message:not(.is-local)")];
    const index = article ? all.indexOf(article) : all.length;
    const focus = (target) => {
      target?.focus({ preventScroll: true });
      target?.scrollIntoView({ block: "nearest" });
    };
    const act = {
      ArrowUp: () => focus(all[Math.max(0, index - 1)]),
      ArrowDown: () => (index >= all.length - 1 ? leave() : focus(all[index + 1])),
      Home: () => focus(all[0]),
      End: () => focus(all.at(-1)),
      Escape: leave,
      r: () => article && reply(article.id.replace("message-", "")),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
