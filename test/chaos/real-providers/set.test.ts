import { exploreProvider } from './explore-provider.ts'

exploreProvider('set')
