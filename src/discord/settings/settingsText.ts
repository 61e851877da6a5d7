import { defaultSettings, type GuildSettings, type SettingName, settingNames } from "../../settings/GuildSettings.ts";
import type { Texts } from "../texts/en.ts";

/** All settings of a server, a line each. Channels and roles are named as mentions, which ping nobody. */
export function settingsText(settings: GuildSettings, { settings: texts }: Texts): string {
  const lines = settingNames.map((name) => {
    const isDefault = JSON.stringify(settings[name]) === JSON.stringify(defaultSettings[name]);
    return `• ${texts.names[name]}: **${valueText(name, settings, texts)}**${isDefault ? ` (${texts.isDefault})` : ""}`;
  });
  return lines.join("\n");
}

function valueText(name: SettingName, settings: GuildSettings, texts: Texts["settings"]): string {
  switch (name) {
    case "allowedChannels":
      return channelMentions(settings.allowedChannels) || texts.all;
    case "allowedRoles":
      return roleMentions(settings.allowedRoles) || texts.everybody;
    case "language":
      return settings.language === null ? texts.byServer : texts.languages[settings.language];
    case "profile":
      return settings.profile === null ? texts.byWorker : texts.profiles[settings.profile];
    case "editsPerDay":
      return String(settings.editsPerDay ?? texts.anyNumber);
    case "maxMegapixels":
      return String(settings.maxMegapixels ?? texts.byBot);
    default:
      return String(settings[name] ?? texts.byModel);
  }
}

export const channelMentions = (ids: readonly string[]): string => ids.map((id) => `<#${id}>`).join(", ");

export const roleMentions = (ids: readonly string[]): string => ids.map((id) => `<@&${id}>`).join(", ");
