// The version of the program, from package.json at build time; one place for notes and headers.
// Bundled into the program: a package has no manifest of the checkout.
import manifest from '../../../package.json' with { type: 'json' }

export const version: string = manifest.version
