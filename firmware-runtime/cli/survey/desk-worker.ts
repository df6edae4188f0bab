// The survey worker: reads and writes the survey files of a data folder (DIR/surveys) on questions.
// The same program file is started again as the worker; main.ts branches to `serveSurveyDesk`.
import { mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { serveQuestions } from '../../adapters/worker/asked-worker.ts'
import type { NewSurveyArgs } from '../../api/calls/survey.ts'
import type { SurveyListView, SurveyReportView } from '../../api/survey-views.ts'
import { reportOf } from '../../app/survey/report-html.ts'
import { surveyLine, surveyPage, type SurveyFacts } from '../../app/survey/survey-page.ts'
import { gridTemplates } from '../../core/survey/grid.ts'
import { diskFault } from '../../core/values/disk-fault.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { compactOf } from '../../core/values/instant.ts'
import type { SurveyAsk, SurveyDeskData } from './desk-thread.ts'
import { newSurvey, openSurvey, readSurvey, type OpenSurvey } from './open-survey.ts'

const suffix = '.etcsurvey'

export const isSurveyDeskData = (data: unknown): data is SurveyDeskData =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'surveys'

class SurveyShelf {
  readonly #folder: string

  constructor(dir: string) {
    this.#folder = join(dir, 'surveys')
  }

  file(name: string): string {
    return join(this.#folder, `${name}${suffix}`)
  }

  facts(name: string): SurveyFacts {
    const { content, records } = readSurvey(this.file(name))
    const { createdAtMs, lost, broken } = content
    return { name, createdAtMs, records, lost, broken }
  }

  list(): SurveyListView {
    this.#make()
    const names = readdirSync(this.#folder)
      .filter((file) => file.endsWith(suffix))
      .map((file) => basename(file, suffix))
      .toSorted()
    const unreadable: string[] = []
    const surveys = names.flatMap((name) => {
      try {
        return [surveyLine(this.facts(name))]
      } catch (error) {
        if (!(error instanceof LaneFault)) throw error
        unreadable.push(name)
        return []
      }
    })
    return { surveys, unreadable }
  }

  make({ by, grid: gridId, ...args }: NewSurveyArgs): SurveyFacts {
    this.#make()
    const grid = gridTemplates.find(({ id }) => id === gridId)
    if (grid === undefined) throw new LaneFault('ARG-01', { field: '/grid', value: gridId })
    const stamp = compactOf(systemWallClock().nowMs())
    const name = `${stamp.slice(0, 8)}-${stamp.slice(8)}`
    const { book, writer } = newSurvey(this.file(name))
    try {
      book.add({ kind: 'opened', ...args, grid }, by)
    } finally {
      writer.close()
    }
    return this.facts(name)
  }

  write(name: string, act: (survey: OpenSurvey) => void): SurveyFacts {
    const survey = openSurvey(this.file(name))
    try {
      act(survey)
    } finally {
      survey.writer.close()
    }
    return this.facts(name)
  }

  report(name: string, language: 'zh' | 'en'): SurveyReportView {
    const { content, records } = readSurvey(this.file(name))
    const html = reportOf(content, records, {
      file: this.file(name),
      language,
      printedAtMs: systemWallClock().nowMs(),
    })
    return { name, html }
  }

  #make(): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    } catch (error) {
      throw diskFault(error, { file: this.#folder })
    }
  }
}

export function serveSurveyDesk({ dir }: SurveyDeskData): void {
  const shelf = new SurveyShelf(dir)
  serveQuestions<SurveyAsk>((ask) => {
    switch (ask.do) {
      case 'list':
        return shelf.list()
      case 'page':
        return surveyPage(shelf.facts(ask.name))
      case 'make':
        return surveyPage(shelf.make(ask.args))
      case 'add':
        return surveyPage(shelf.write(ask.name, ({ book }) => book.addAll(ask.bodies, ask.by)))
      case 'undo':
        return surveyPage(shelf.write(ask.name, ({ book }) => book.undo(ask.by)))
      case 'report':
        return shelf.report(ask.name, ask.language)
    }
  })
}
