// `etc-lane secret set | list | remove --data DIR`: passwords of devices, sealed to this machine. They are read from
// stdin, so that they appear in no process list and no shell history, and are never printed.
import { resolve } from 'node:path'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'
import { mustExist, stdinSecret } from '#base/desk/commands/stdin-secret.ts'

function storeOf(data: string) {
  const dir = resolve(data)
  mustExist(dir)
  return secretStore(dir, machineSecret())
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

const set = act(['secret set --data DIR --name NAME'], async ({ data, name }, io) => {
  const store = storeOf(data)
  // Checked before the person types.
  store.read(name)
  store.write(name, await stdinSecret(io))
  io.stdout(line({ ok: true, name }))
  return 0
})

const list = act(['secret list --data DIR'], ({ data }, io) => {
  io.stdout(line({ names: storeOf(data).names() }))
  return 0
})

const remove = act(['secret remove --data DIR --name NAME'], ({ data, name }, io) => {
  const ok = storeOf(data).remove(name)
  io.stdout(line({ ok }))
  return ok ? 0 : 1
})

export const secretCommand = commandOf('secret', [set, list, remove])
