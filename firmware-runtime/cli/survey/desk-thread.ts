// The hot thread's side of the survey worker: asks, waits, and lets it end when nobody asks.
// Files are opened anew for each question: the worker may end between two.
import { AskedWorker } from '../../adapters/worker/asked-worker.ts'
import type { NewSurveyArgs } from '../../api/calls/survey.ts'
import type { SurveyDesk } from '../../app/control-survey.ts'
import type { Json } from '../../core/values/json.ts'

export interface SurveyDeskData {
  readonly kind: 'surveys'
  readonly dir: string
}

export type SurveyAsk =
  | { readonly do: 'list' }
  | { readonly do: 'page'; readonly name: string }
  | { readonly do: 'make'; readonly args: NewSurveyArgs }
  | {
      readonly do: 'add'
      readonly name: string
      readonly bodies: readonly Json[]
      readonly by: string
    }
  | { readonly do: 'undo'; readonly name: string; readonly by: string }
  | { readonly do: 'report'; readonly name: string; readonly language: 'zh' | 'en' }

export class SurveyDeskThread implements SurveyDesk {
  private readonly worker: AskedWorker<SurveyAsk>

  constructor(entry: string, dir: string) {
    this.worker = new AskedWorker(entry, { kind: 'surveys', dir } satisfies SurveyDeskData)
  }

  list: SurveyDesk['list'] = () => this.worker.ask({ do: 'list' })
  page: SurveyDesk['page'] = (name) => this.worker.ask({ do: 'page', name })
  make: SurveyDesk['make'] = (args) => this.worker.ask({ do: 'make', args })
  add: SurveyDesk['add'] = (name, bodies, by) => this.worker.ask({ do: 'add', name, bodies, by })
  undo: SurveyDesk['undo'] = (name, by) => this.worker.ask({ do: 'undo', name, by })
  report: SurveyDesk['report'] = (name, language) =>
    this.worker.ask({ do: 'report', name, language })

  close(): Promise<void> {
    return this.worker.close()
  }
}
