// The bench as a table: one file per row, in running order. A row is loaded only by the process that measures it.
// Rows that start many processes are last.
import type { BenchRow } from '../kit/measure.ts'

export interface NamedRow {
  readonly name: string
  load(): Promise<BenchRow>
}

export const benchRows: readonly NamedRow[] = [
  { name: 'gate', load: async () => (await import('./gate.ts')).gateRow },
  { name: 'codec', load: async () => (await import('./codec.ts')).codecRow },
  { name: 'config', load: async () => (await import('./config.ts')).configRow },
  { name: 'tariff', load: async () => (await import('./tariff.ts')).tariffRow },
  { name: 'list', load: async () => (await import('./list.ts')).listRow },
  { name: 'console', load: async () => (await import('./console.ts')).consoleRow },
  { name: 'connect', load: async () => (await import('./connect.ts')).connectRow },
  { name: 'survey', load: async () => (await import('./survey.ts')).surveyRow },
  { name: 'report', load: async () => (await import('./report.ts')).reportRow },
  { name: 'commit', load: async () => (await import('./commit.ts')).commitRow },
  { name: 'search', load: async () => (await import('./search.ts')).searchRow },
  { name: 'sim', load: async () => (await import('./sim.ts')).simRow },
  { name: 'signed', load: async () => (await import('./signed.ts')).signedRow },
  { name: 'files', load: async () => (await import('./files.ts')).filesRow },
  { name: 'money', load: async () => (await import('./money.ts')).moneyRow },
  { name: 'orders', load: async () => (await import('./orders.ts')).ordersRow },
  { name: 'receipt', load: async () => (await import('./receipt.ts')).receiptRow },
  { name: 'start', load: async () => (await import('./start.ts')).startRow },
  { name: 'service', load: async () => (await import('./service.ts')).serviceRow },
  { name: 'backlog', load: async () => (await import('./backlog.ts')).backlogRow },
  { name: 'million', load: async () => (await import('./backlog.ts')).millionRow },
  { name: 'drain', load: async () => (await import('./drain.ts')).drainRow },
  { name: 'mqtt', load: async () => (await import('./mqtt.ts')).mqttRow },
  { name: 'centre', load: async () => (await import('./centre.ts')).centreRow },
  { name: 'window', load: async () => (await import('./window.ts')).windowRow },
  { name: 'lane', load: async () => (await import('./lane.ts')).laneRow },
  { name: 'replay', load: async () => (await import('./replay.ts')).replayRow },
]
