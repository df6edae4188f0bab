// Checks the protocol of a profile: an existing driver, and only names that this driver accepts. Also the wiring of a
// barrier, and firmware ranges, which must not overlap.
import { pulseMsMax, pulseUnitMs } from '../../pure/barrier/modbus-relay/frames/write-coil.ts'
import { isUnitOf } from '../../pure/barrier/modbus-relay/link.ts'
import type { Findings, Path } from '../findings.ts'
import type { ProtocolRow } from '../protocols.ts'
import type { Profile } from '../schema.ts'
import { noTwice } from './identity.ts'
import { findingWords as words } from '../finding-words.ts'

function onlyNames(given: object, allowed: readonly string[], at: Path, findings: Findings): void {
  for (const name of Object.keys(given))
    if (!allowed.includes(name))
      findings.add('PROFILE-14', [...at, name], name, words.driverTakes(allowed.join(', ')))
}

export function checkProtocol(p: Profile, row: ProtocolRow | undefined, findings: Findings): void {
  const { id, options = {}, data = {}, overrides, wiring } = p.protocol
  if (id === null) {
    for (const member of ['options', 'overrides', 'wiring'] as const)
      if (p.protocol[member] !== undefined)
        findings.add('PROFILE-14', ['protocol', member], '', words.noDriverTakes())
    return
  }
  if (row === undefined || !row.kinds.includes(p.kind)) {
    findings.add('PROFILE-14', '/protocol/id', id, words.noDriverOf(p.kind))
    return
  }
  onlyNames(options, row.options, ['protocol', 'options'], findings)
  if (row.limits !== null) onlyNames(p.limits, row.limits, ['limits'], findings)
  if (row.capabilities !== null)
    onlyNames(p.capabilities, row.capabilities, ['capabilities'], findings)
  // Limits and capabilities may be kept for people; data is for a driver, so data that no driver reads is a mistake.
  onlyNames(data, [...row.data, ...(row.mayData ?? [])], ['protocol', 'data'], findings)
  for (const name of row.data)
    if (!Object.hasOwn(data, name))
      findings.add('PROFILE-14', '/protocol/data', name, words.driverNeeds())
  for (const [name, allowed] of Object.entries(row.words ?? {})) {
    const given = data[name]
    if (given !== undefined && !allowed.some((word) => word === given))
      findings.add('PROFILE-14', ['protocol', 'data', name], given, words.oneOf(allowed.join(', ')))
  }
  if (overrides !== undefined && row.table === null)
    findings.add('PROFILE-14', '/protocol/overrides', id, words.noFrameTable())
  if (wiring === undefined && p.kind === 'barrier')
    findings.add('PROFILE-14', '/protocol', id, words.wiringNeeded())
  if (wiring !== undefined) checkWiring(p, findings)
}

function checkWiring(p: Profile, findings: Findings): void {
  const { wiring } = p.protocol
  if (wiring === undefined) return
  if (p.kind !== 'barrier') {
    findings.add('PROFILE-14', '/protocol/wiring', p.kind, words.onlyBarrierWired())
    return
  }
  const outputs = Object.entries(wiring.outputs).flatMap(([name, coil]) =>
    coil === null ? [] : [[name, coil] as const],
  )
  noTwice(
    outputs.map(([, coil]) => coil),
    (i) => ['protocol', 'wiring', 'outputs', outputs[i]?.[0] ?? ''],
    findings,
  )
  const inputs: (readonly [Path, number])[] = [
    ...Object.entries(wiring.inputs).flatMap(([name, input]) =>
      input === null ? [] : [[['inputs', name], input.di] as const],
    ),
    ...(wiring.presence ?? []).map(({ di }, i) => [['presence', i], di] as const),
  ]
  noTwice(
    inputs.map(([, di]) => di),
    (i) => ['protocol', 'wiring', ...(inputs[i]?.[0] ?? []), 'di'],
    findings,
  )
  const unitId = p.protocol.data?.['unitId'] ?? 1
  const wire = p.protocol.data?.['wire'] === 'rtu' ? 'rtu' : 'tcp'
  if (typeof unitId !== 'number' || !Number.isInteger(unitId) || !isUnitOf(unitId, wire))
    findings.add('PROFILE-05', '/protocol/data/unitId', unitId, words.wholeBetween(1, 247))
  const register = p.protocol.data?.['versionRegister'] ?? 0
  const isRegister = typeof register === 'number' && Number.isInteger(register)
  if (!isRegister || register < 0 || register > 0xffff)
    findings.add(
      'PROFILE-05',
      '/protocol/data/versionRegister',
      register,
      words.wholeBetween(0, 0xffff),
    )
  const pulseMs = p.limits['pulseMs']?.value
  const units = (pulseMs ?? pulseUnitMs) / pulseUnitMs
  if (!Number.isInteger(units) || units < 1 || units * pulseUnitMs > pulseMsMax)
    findings.add('PROFILE-05', '/limits/pulseMs', pulseMs, words.stepsUpTo(pulseUnitMs, pulseMsMax))
}

const numbersOf = (version: string): number[] => version.split('.').map(Number)

/** Negative, zero or positive; missing parts count as zero. */
function order(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)]
  for (let i = 0; i < 4; i++) {
    const d = (left[i] ?? 0) - (right[i] ?? 0)
    if (d !== 0) return d
  }
  return 0
}

export function checkFirmware(p: Profile, findings: Findings): void {
  const ranges = p.firmware
  ranges.forEach(({ from, to }, i) => {
    if (from !== null && to !== null && order(from, to) > 0)
      findings.add('PROFILE-05', ['firmware', i], `${from} to ${to}`, words.endsBeforeBegin())
    for (const [n, other] of ranges.slice(0, i).entries()) {
      const endsBefore = to !== null && other.from !== null && order(to, other.from) < 0
      const beginsBehind = from !== null && other.to !== null && order(from, other.to) > 0
      if (!endsBefore && !beginsBehind)
        findings.add('PROFILE-16', ['firmware', i], `${from} to ${to}`, words.overlapsRange(n))
    }
  })
}
