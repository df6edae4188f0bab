// Types of projects.mjs for vitest.config.ts, which reads it before anything is installed or built.
// The test files of each project, by its name; paths from the root of the repository, with slashes.
export function projectFiles(): Record<string, string[]>
export function allTests(): string[]
