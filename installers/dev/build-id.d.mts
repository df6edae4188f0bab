// Types of build-id.mjs for vite.node.config.ts.
// Version and build as installers/dev/build-id.mjs describes them.
export function buildId(): { version: string; build: string }
export function builtId(): { version: string; build: string }
