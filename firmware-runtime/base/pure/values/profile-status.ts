// How sure a device profile is of itself: from judgement over paper and simulation to a unit that was held in hand.
import { t } from '../words/fault-text.ts'

export const profileStatusWords = {
  assumed: t('推定', 'assumed'),
  documented: t('有文档', 'documented'),
  simulated: t('经模拟', 'simulated'),
  'verified-on-unit': t('实机验证', 'verified on a unit'),
} as const
export type ProfileStatus = keyof typeof profileStatusWords
export const profileStatuses = Object.keys(profileStatusWords) as readonly ProfileStatus[]
