// "Firefox on Android" instead of what a browser says about itself.

const browsers: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/Firefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

const find = (names: [RegExp, string][], agent: string) => names.find(([sign]) => sign.test(agent))?.[1];

function inWords(agent: string): string {
  const browser = find(browsers, agent) ?? "A browser";
  const system = find(systems, agent);
  return system ? `${browser} on ${system}` : browser;
}

/** Replaces a browser's user agent inside a text; other programs already call themselves something short. */
export const withDevicesInWords = (text: string): string =>
  text.replace(/Mozilla\/5\.0.*?(?:Safari|Firefox|Edg)\/[\d.]+(?: Edg\/[\d.]+)?/g, inWords);
