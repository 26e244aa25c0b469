# The lower bound for Python: one request on a socket.
import os
import socket

host, port = os.environ['BENCH_URL'].split('//')[1].strip('/').split(':')
connection = socket.create_connection((host, int(port)))
connection.sendall(b'POST / HTTP/1.1\r\nHost: bench\r\nContent-Length: 0\r\n\r\n')
connection.recv(1)
