import other from './plain.cjs'; export const fine = other.plain;
