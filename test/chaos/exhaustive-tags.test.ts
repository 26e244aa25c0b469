import { exploreCloud } from './exhaustive.ts'

/** OpenStack Heat is such a cloud. */
exploreCloud('tags')
