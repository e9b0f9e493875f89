import './main.cjs'; export const a = 1;
