"""A program that speaks Socket.IO with python-socketio: address, token, room; prints what it saw as JSON."""

import json
import sys
import uuid

import socketio

address, token, room = sys.argv[1:]
seen = {"heard": []}

stranger = socketio.Client(reconnection=False)
refusals = []
stranger.on("connect_error", lambda error: refusals.append(error), namespace="/chat")
try:
    stranger.connect(address, auth={"token": "none"}, namespaces=["/chat"], transports=["websocket"])
except socketio.exceptions.ConnectionError:
    pass
refusal = refusals[0]
seen["refused"] = json.loads(refusal["message"] if isinstance(refusal, dict) else refusal)["code"]

client = socketio.Client()
client.on("message:posted", lambda message: seen["heard"].append(message["text"]), namespace="/chat")
client.connect(address, auth={"token": token}, namespaces=["/chat"], transports=["polling", "websocket"])


def ask(command, payload):
    return client.call(command, payload, namespace="/chat", timeout=10)["ok"]


post = {"id": str(uuid.uuid4()), "room": room, "text": "From Python."}
seen["first"] = ask("message:post", post)
seen["again"] = ask("message:post", post)
events = ask("room:catchup", {"room": room, "after": 0})["events"]["events"]
seen["caught_up"] = [event["payload"]["text"] for event in events if event["name"] == "message:posted"]
client.disconnect()
print(json.dumps(seen))
