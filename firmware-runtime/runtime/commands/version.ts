// `etc-lane version`, also `etc-lane --version`: which program this is, and which ledgers it reads and writes.
// The ledger's schema decides whether an older program can still open a data folder.
import { apiVersion } from '#base/calls/rows.ts'
import { programFacts } from '#base/desk/process/program-facts.ts'
import { programText, version } from '#base/process/version.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'

const show = act(['version'], (_, io) => {
  const { schema } = programFacts
  const { node, electron } = process.versions
  const program = { version, ...programFacts, apiVersion, node, electron: electron ?? null }
  const system = `${process.platform}-${process.arch}`
  io.stdout(
    io.json
      ? `${JSON.stringify({ ...program, system })}\n`
      : `${programText}\nledger-schema ${schema}\nnode ${node}\n${system}\n`,
  )
  return 0
})

export const versionCommand = commandOf('version', [show])
