import { createRequire } from 'module'; export const before = 1; export let code = 'none'; try { createRequire(import.meta.url)('./esm-requires-itself.mjs'); } catch (error) { code = error.code; }
