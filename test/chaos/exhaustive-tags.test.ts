import { exploreCloud } from './exhaustive.ts'

/** As OpenStack Heat. */
exploreCloud('tags')
