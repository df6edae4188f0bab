// The same tests of safety rules, passes and random traffic on Modbus RTU.
// One rule set on every link: those tests do not know which link they run on.
import { useTransport } from './board.ts'

useTransport('rtu')
await import('./safety-rules.test.ts')
await import('./silence.test.ts')
await import('./stall.test.ts')
await import('./driver.test.ts')
await import('./arming.test.ts')
await import('./safety.property.test.ts')
