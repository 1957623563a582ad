/** Every colour of a page and of its charts, by role. */
export interface Palette {
  readonly background: string;
  readonly surface: string;
  readonly raised: string;
  readonly line: string;
  readonly grid: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly up: string;
  readonly upSoft: string;
  readonly down: string;
  readonly downSoft: string;
  readonly caution: string;
  readonly cautionSoft: string;
  readonly volume: string;
}

/** Text colours keep a contrast of 4.5 : 1 or more on background, surface and their own soft tint. */
export const LIGHT: Palette = {
  background: '#f7f7f5',
  surface: '#ffffff',
  raised: '#f1f1ee',
  line: '#e2e2dd',
  grid: '#eeeeea',
  text: '#1b1d22',
  muted: '#62656d',
  accent: '#3451b2',
  accentSoft: '#e9edfb',
  up: '#0b7464',
  upSoft: '#dff3ee',
  down: '#b23a30',
  downSoft: '#fbe8e5',
  caution: '#855200',
  cautionSoft: '#fcf3df',
  volume: '#cfd1d6',
};

export const DARK: Palette = {
  background: '#101114',
  surface: '#17191d',
  raised: '#1f2126',
  line: '#2b2e35',
  grid: '#22252b',
  text: '#ecedef',
  muted: '#a0a4ad',
  accent: '#93a8f5',
  accentSoft: '#222b4a',
  up: '#4cc5ae',
  upSoft: '#14342f',
  down: '#f08a7e',
  downSoft: '#40211f',
  caution: '#e3b565',
  cautionSoft: '#2f2715',
  volume: '#3a3e47',
};

function roles(palette: Palette): [keyof Palette, string][] {
  return Object.entries(palette) as [keyof Palette, string][];
}

function variable(role: string): string {
  return `--${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The palette as CSS custom properties: `--accent-soft: #e9edfb; …`. */
export function cssVariables(palette: Palette): string {
  return roles(palette).map(([role, colour]) => `${variable(role)}: ${colour};`).join(' ');
}

/** Every role as a reference to its custom property; a page resolves them when it draws, so charts follow its theme. */
export const CSS_REFERENCES = Object.fromEntries(roles(LIGHT).map(([role]) => [role, `var(${variable(role)})`])) as unknown as Palette;
