/** Continuation keys for tests, as `openssl rand -base64 32` makes them. They are of no value. */
export const CONTINUATION_KEY = 'Zk3vQ8sN1xR6tB9wHc2yLm5pDf7aJe0uGo4iXnTqVbE='
export const OTHER_CONTINUATION_KEY = 'r7Wd2KpYx0MhVc5EnGb9TzAq4LsUf8JiOy1Xo6RtQe3='
