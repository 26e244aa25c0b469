# The article's function with one thread per call, in one process. Events are JSON lines on standard input.
import json
import os
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cold-start'))
import article

events = [line for line in sys.stdin if line.strip()]
threads = [threading.Thread(target=article.handler, args=(event, None)) for event in events]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
