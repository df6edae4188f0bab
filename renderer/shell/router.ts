// Routes of the pages that the folders of features/ declare.
// History in memory: the address of the page never changes, so that no history keeps anything of a lot.
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { pages } from '../../features/pages.ts'
import { screens } from '../../features/screens.ts'
import PageOfList from '../components/PageOfList.vue'
import { pageAt, pathOf, type PageId } from '../kit/pages.ts'

const screenOf: Readonly<Partial<Record<PageId, object>>> = screens

export const makeRouter = (): Router =>
  createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', redirect: pathOf('lane') },
      ...(Object.keys(pages) as PageId[]).map((name) => {
        const screen = screenOf[name]
        return screen === undefined
          ? { path: pathOf(name), name, component: PageOfList, props: { page: pageAt(name) } }
          : { path: pathOf(name), name, component: screen, props: true }
      }),
      // An unknown path would show an empty window.
      { path: '/:unknown(.*)*', redirect: pathOf('lane') },
    ],
  })
