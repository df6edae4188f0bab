// The safety rules, the passes and the random traffic again, word for word, on Modbus RTU.
// One rule set on every link: nothing in those tests knows which one it is on.
import { useTransport } from './board.ts'

useTransport('rtu')
await import('./safety-rules.test.ts')
await import('./stall.test.ts')
await import('./driver.test.ts')
await import('./arming.test.ts')
await import('./safety.property.test.ts')
