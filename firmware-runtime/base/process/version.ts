// Which program this is: its version, which grows with every commit, and its build, which names the commit. Both are
// put in when the program is built (installers/dev/build-id.mjs); sources that run unbuilt say so.
import manifest from '../../../package.json' with { type: 'json' }

declare const ETC_LANE_BUILD: { readonly version: string; readonly build: string } | undefined

const unbuilt = { version: manifest.version, build: 'source' }

export const { version, build } = typeof ETC_LANE_BUILD === 'undefined' ? unbuilt : ETC_LANE_BUILD

/** Version and build in one text, as it stands below a fault and in the notes of a ledger. */
export const programText = `etc-lane ${version} (${build})`
