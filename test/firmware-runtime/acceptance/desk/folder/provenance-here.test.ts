// What a ledger file says of its starts and certificates: rows of a real file, read beside its writer.
import { afterAll, expect, it } from 'vitest'
import { provenanceOf } from '#acceptance/pure/provenance.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { simulatedName, simulatedTlsAuthority } from '#base/pure/lot/simulated.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { recordedHere } from '#acceptance/desk/folder/provenance-here.ts'
import {
  event,
  newFolder,
  optionsFor,
  removeFolders,
  startMs,
} from '../../../ledger/sqlite/ledger-kit.ts'

afterAll(removeFolders)

const hourMs = 3_600_000
const lotId = 'GX00077'
const bootRow = (hour: number): RowDraft => ({
  kind: 'boot',
  atMs: startMs + hour * hourMs,
  body: { repair: 'B', version: '1', mode: 'production', lotId, chargeMode: 'card', simulated: [] },
})
const certificateRow = (hour: number, fingerprint: string, issuer: string): RowDraft => ({
  kind: 'event',
  atMs: startMs + hour * hourMs,
  body: {
    type: 'peerCertificate',
    detail: 'platform',
    peer: {
      channel: 'platform',
      host: '192.168.1.20:8443',
      fingerprint,
      subject: 'platform.example',
      issuer,
      notAfterIso: '2031-03-02T08:00:00.000+08:00',
    },
  },
})

it('a copy of the simulator at an address of the network is simulated, until another start has another certificate', () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  const [first] = ledger.append([
    bootRow(0),
    event(1),
    certificateRow(1, 'A', simulatedName(simulatedTlsAuthority)),
    bootRow(100),
    certificateRow(101, 'B', 'Example CA'),
  ])
  ledger.close()
  const lot = { lotId, nodeId: first?.nodeId ?? '', mode: 'production' }
  const since = (hour: number) => {
    const sinceMs = startMs + hour * hourMs
    const { simulated, certificates } = provenanceOf(recordedHere(dir, sinceMs), lot, sinceMs)
    return [simulated, ...certificates.map(({ fingerprint }) => fingerprint)]
  }
  expect([since(0), since(50), since(102)]).toEqual([
    [true, 'A', 'B'],
    [true, 'A', 'B'],
    [false, 'B'],
  ])
})

it('a folder without a ledger has recorded nothing', () => {
  expect(recordedHere(newFolder(), 0)).toEqual({ boots: [], events: [] })
})
