// Rules of Liaoning beside its interfaces: the filters of 000 A.2.3 a, the blacklist each 15 minutes (A.2.3 b 2).
// Card networks are a rule by configuration (a 4); the standard set, first digits of each province and 01, is assumed.
import type { ProvinceRules } from '../../../ports/dialect.ts'

/** Codes of GB/T 2260 of the provinces whose roads are charged by ETC. */
const provinceDigits =
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65'

export const rules: ProvinceRules = {
  filters: [
    { id: 'repeat', clause: 'A.2.3 a 1', when: 'both' },
    { id: 'expired', clause: 'A.2.3 a 2', when: 'both' },
    { id: 'blacklisted', clause: 'A.2.3 a 3', when: 'both' },
    { id: 'network', clause: 'A.2.3 a 4', when: 'both' },
    { id: 'large', clause: 'A.2.3 a 5', when: 'charge' },
  ],
  networks: provinceDigits.split(' ').map((digits) => `${digits}01`),
  listEveryMin: 15,
  chargeModes: ['card', 'online'],
}
