// Shapes that several subjects of the published interface use in bodies and answers.
import { z } from 'zod'
import { fenMax } from '#base/pure/values/fen.ts'

export const number = z.string().regex(/^[A-Za-z0-9_-]{6,40}$/)
export const fen = z.int().min(0).max(fenMax)
export const iso = z.iso.datetime({ offset: true })
export const laneId = z.string().min(1).max(64)
export const plate = z.string().min(1).max(16)
export const reason = z.string().trim().min(1).max(100)
export const person = z.string().trim().min(1).max(60)
export const text = z.object({ zh: z.string(), en: z.string() })
