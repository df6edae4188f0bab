// English words of upkeep: what the runtime does for its data folder by itself, and what is wrong there.
// The same keys as the Chinese ones, by type.
import type { Messages } from '../zh/index.ts'

export const upkeep: Pick<Messages, 'upkeep'> = {
  upkeep: {
    title: 'Upkeep of the data folder',
    state: 'State',
    fine: 'in order',
    trouble: 'needs a person',
    looking: 'Looking at the data folder',
    disk: 'Free disk',
    diskUnknown: 'not given by the system',
    limit: 'limit {size}',
    photos: 'Photos',
    photosText: '{days} days, oldest {day}',
    photosKeep: 'kept {days} days',
    photosBudget: 'kept {days} days, at most {gb} GB, now {size}',
    photosNone: 'none yet',
    held: 'The clock jumped; photos that look too old are kept until {until}',
    last: 'Last backup',
    lastText: '{at} · {rows} rows',
    verified: 'verified',
    lastNone: 'none yet',
    failed: 'The backup of {at} failed: {what}',
    next: 'Next backup',
    running: 'being made and verified now',
    kept: 'Backups kept',
    keptText: '{kept}, at most {keep}',
    see: 'Details',
  },
}
