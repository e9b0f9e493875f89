"""amaro: SWC's TypeScript parser as WebAssembly, wrapped for taking the types out of a file."""

PIN = {
    "name": "amaro",
    "package": "amaro",
    "version": "1.1.11",
    "suite": "npm",
    "licence": "MIT AND Apache-2.0",
    "purpose": "programs in TypeScript: type stripping",
    "integrity": "sha512-Tg8KzTpeCUQ23RNSuA2GeVRxHhkHyq8U9jNpKRjiMQKY2C9iJ7pLlGw2iRy4nNMYtB+tkLghk3swCo13O68zDg==",
}
