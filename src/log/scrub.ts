const HIDDEN = "[hidden]";

/** Places where a secret follows a known beginning: interaction and webhook tokens, passwords and signatures in URLs. */
const patterns: readonly [RegExp, string][] = [
  [/(\/(?:webhooks|interactions)\/\d+\/)[^/?\s"']+/g, `$1${HIDDEN}`],
  [/((?:rediss?|https?):\/\/)[^/@\s"']*@/g, `$1${HIDDEN}@`],
  [/(https?:\/\/[^\s"'?]+)\?[^\s"')\]}]*/g, `$1?${HIDDEN}`],
  [/(\b(?:Bot|Bearer) )[\w.-]{20,}/g, `$1${HIDDEN}`],
];

/** Replaces known secrets, and everything that looks like one, in a text that will be logged. */
export function makeScrubber(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets.filter((secret) => secret !== undefined && secret.length >= 6) as string[];
  return (text) => {
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, HIDDEN);
    for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
    return clean;
  };
}
