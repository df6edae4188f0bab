// Routes of the pages that the folders of renderer/pages/ declare.
// History in memory: the address of the page never changes, so that no history keeps anything of a lot.
import { h } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { pages } from '../pages/pages.ts'
import { screens } from '../pages/screens.ts'
import PageOfList from '../components/lists/PageOfList.vue'
import { pageAt, pathOf, type PageId } from '../kit/pages.ts'

const screenOf: Readonly<Partial<Record<PageId, object>>> = screens

/** A component of its own for each page that is a list: the router keeps what two routes share. */
const listOf = (name: PageId) => ({ render: () => h(PageOfList, { page: pageAt(name) }) })

export const makeRouter = (): Router =>
  createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', redirect: pathOf('lane') },
      ...(Object.keys(pages) as PageId[]).map((name) => ({
        path: pageAt(name).path,
        name,
        component: screenOf[name] ?? listOf(name),
        props: true,
      })),
      // An unknown path would show an empty window.
      { path: '/:unknown(.*)*', redirect: pathOf('lane') },
    ],
  })
