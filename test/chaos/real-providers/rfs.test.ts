import { exploreProvider } from './explore-provider.ts'

exploreProvider('rfs')
