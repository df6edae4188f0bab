// `survey link` and `probe-server` as people call them: a peer on loopback, readings in a survey file.
// An invalid argument is refused with its field before anything is measured.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { Command } from '#base/commands/command.ts'
import { probeServerCommand } from '#runtime/commands/probe-server.ts'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { linkAddress } from '#survey/desk/worker/link-ports.ts'
import { readSurvey } from '#survey/files/open-survey.ts'
import { runCommand } from '../../../../kit/run-command.ts'

const ends: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const ran = (command: Command, ...args: string[]) => runCommand(command, args)

/** Runs a probe-server until the end of the test; resolves with its address. */
async function peer(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const stop = Promise.withResolvers<void>()
  const lines: string[] = []
  const ended = probeServerCommand.run(['--listen', 'tcp://127.0.0.1:0'], {
    json: true,
    stderr: () => undefined,
    onStop: (fn) => void stop.promise.then(fn),
    stdout(line) {
      lines.push(line)
      resolve((JSON.parse(line) as { endpoints?: { probe?: string } }).endpoints?.probe ?? '')
    },
  })
  ends.push(async () => {
    stop.resolve()
    expect(await ended).toBe(0)
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      'ready',
      'stopping',
    ])
  })
  return (await promise).replace('tcp://', '')
}

it('measures, judges and writes into a survey file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'etc-survey-link-'))
  ends.push(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'a.etcsurvey')
  await ran(surveyCommand, 'new', file, '--site', 'S', '--lane', 'L', '--by', 'A')
  const at = await peer()
  const few = ['--method', 'tcp', '--count', '100', '--every-ms', '10', '--seconds', '0']
  const into = ['--survey', file, '--by', 'A']
  const { code, json } = await ran(surveyCommand, 'link', '--peer', at, ...few, ...into)
  expect(json['faults']).toEqual([])
  expect(code).toBe(0)
  const bodies = readSurvey(file).records.map(({ body }) => body)
  const printedBodies = json['bodies'] as readonly object[]
  expect(bodies.slice(2)).toEqual(
    printedBodies.map((body) => ({ ...body, origin: { how: 'live' } })),
  )
  expect(bodies.map((body) => ('way' in body ? body.way : body.kind))).toEqual([
    ...['opened', 'started'],
    // Packet by packet, and through TCP.
    ...['ping', 'up', 'down', 'up', 'down'],
  ])
  const findings = json['findings'] as readonly { item: string; verdict: string }[]
  // A peer on this computer is no witness of its link.
  expect(findings.map(({ item, verdict }) => `${item} ${verdict}`)).toEqual(
    ['D7', 'D8', 'D9', 'D10', 'D11', 'D12'].map((item) => `${item} incomplete`),
  )
  expect(printedBodies).toMatchObject(printedBodies.map(() => ({ peerIsSelf: true })))
})

it('passes a peer on this computer in a survey of simulated instruments', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'etc-survey-link-'))
  ends.push(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'demo.etcsurvey')
  await ran(surveyCommand, 'new', file, '--site', 'S', '--lane', 'L', '--by', 'A')
  const analyser = {
    kind: 'instrument',
    instrumentId: 'a',
    model: 'example',
    serialNo: null,
    calibratedOn: null,
    calibratedUntil: null,
    correctionDb: 0,
    simulated: true,
  }
  await ran(surveyCommand, 'add', file, '--by', 'A', '--body', JSON.stringify(analyser))
  const few = ['--method', 'tcp', '--count', '100', '--every-ms', '10', '--seconds', '0']
  const into = ['--survey', file, '--by', 'A']
  const { json } = await ran(surveyCommand, 'link', '--peer', await peer(), ...few, ...into)
  const findings = json['findings'] as readonly { item: string; verdict: string }[]
  expect(findings.map(({ item, verdict }) => `${item} ${verdict}`)).toEqual([
    ...['D7 incomplete', 'D8 pass', 'D9 pass', 'D10 pass', 'D11 incomplete', 'D12 incomplete'],
  ])
})

it.each([
  [[], 'ARG-01'],
  [['--peer', '127.0.0.1'], 'ARG-01'],
  [['--peer', '127.0.0.1:0'], 'ARG-01'],
  [['--to', '-I eth0'], 'ARG-01'],
  [['--to', '127.0.0.1', '--count', '0'], 'ARG-01'],
  [['--to', 'https://127.0.0.1/path'], 'ARG-01'],
  [['--to', 'http://127.0.0.1'], 'ARG-01'],
  [['--peer', 'https://127.0.0.1:5209'], 'ARG-01'],
  [['--to', 'https://127.0.0.1', '--ca', '/nowhere/ca.pem'], 'ARG-01'],
  [['--to', 'https://127.0.0.1', '--ca', import.meta.filename], 'ARG-01'],
  [['--to', '127.0.0.1', '--seconds', '61'], 'ARG-01'],
  [['--to', '127.0.0.1', '--interface', 'no such card'], 'NET-01'],
  [['--to', '127.0.0.1', '--survey', '/nowhere/a.etcsurvey', '--by', 'A'], 'SURVEY-01'],
])('survey link %j is refused with %s', async (args, code) => {
  await expect(ran(surveyCommand, 'link', ...args)).rejects.toMatchObject({ code })
})

it.each([
  [['--listen', 'tcp://0.0.0.0:0'], 'NET-08'],
  [['--listen', 'tcp://192.0.2.1:0', '--interface', 'lo'], 'NET-08'],
  [['--listen', 'tcp://192.0.2.1:0', '--allow', '192.0.2.0/24'], 'NET-08'],
  [['--listen', 'udp://127.0.0.1:0'], 'NET-08'],
  [['--listen', 'tcp://127.0.0.1:70000'], 'NET-08'],
  [['--allow', '10.0.0.0/99'], 'ARG-01'],
  [['--allow', 'everybody'], 'ARG-01'],
])('probe-server %j is refused with %s', async (args, code) => {
  await expect(ran(probeServerCommand, ...args)).rejects.toMatchObject({ code })
})

it.each([
  ['gate.example', { host: 'gate.example', port: null }],
  ['gate.example:443', { host: 'gate.example', port: 443 }],
  ['192.0.2.1:5209', { host: '192.0.2.1', port: 5209 }],
  ['2001:db8::1', { host: '2001:db8::1', port: null }],
  ['[2001:db8::1]:5209', { host: '2001:db8::1', port: 5209 }],
  ['https://gate.example/', { host: 'gate.example', port: 443, https: true }],
  ['https://[2001:db8::1]:8443', { host: '2001:db8::1', port: 8443, https: true }],
])('%s is an address', (text, address) => {
  expect(linkAddress(text, '--to')).toEqual(address)
})
