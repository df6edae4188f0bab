// Rules of Guangxi beside its interfaces: filters of clauses 5.2.1 d, 5.2.2 e, 5.2.3 b and 8.3.1, maximum age of a list (P18).
// No clause of 001 compares card networks; both ways to charge are those of P12.
import type { ProvinceRules } from '../../../ports/dialect.ts'

export const rules: ProvinceRules = {
  filters: [
    { id: 'repeat', clause: '5.2.2 e', when: 'charge' },
    { id: 'expired', clause: '8.3.1 a', when: 'charge' },
    { id: 'blacklisted', clause: '5.2.3 b', when: 'charge' },
    { id: 'large', clause: '5.2.1 d', when: 'charge' },
  ],
  networks: null,
  listEveryMin: 15,
  chargeModes: ['card', 'online'],
  consumption: 'oneStep',
}
