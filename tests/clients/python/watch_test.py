"""A generated Python client against a running server: watch_test.py HOST:PORT

The server holds 300 Sends of messages "m1" to "m300" with the tag campaign=spring. The stubs, made
by protoc, are on PYTHONPATH. Prints "ok" and ends with 0, or says what is wrong.
"""

import sys

import grpc
from google.protobuf import json_format
from google.rpc import error_details_pb2, status_pb2

from mailtrail.v1 import event_pb2, event_service_pb2, event_service_pb2_grpc
from mailtrail.v1 import message_service_pb2, message_service_pb2_grpc


def reason_of(error):
    """The ErrorInfo in an error's trailers."""
    details = dict(error.trailing_metadata())["grpc-status-details-bin"]
    info = error_details_pb2.ErrorInfo()
    assert status_pb2.Status.FromString(details).details[0].Unpack(info)
    return info


def check_list(stub):
    request = event_service_pb2.ListEventsRequest(page_size=100)
    request.filter.mail.tags.add(name="campaign", values=["spring"])
    ids = []
    while True:
        page = stub.ListEvents(request)
        ids += [event.message_id for event in page.events]
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token
    assert ids == [f"m{i}" for i in range(300, 0, -1)], ids[:5]
    return page.cursor


def check_watch(stub):
    request = event_service_pb2.WatchEventsRequest(
        position=event_service_pb2.WatchEventsRequest.POSITION_OLDEST, stop_at_head=True)
    cursors, ids = [], []
    for response in stub.WatchEvents(request):
        cursors.append(response.cursor)
        ids += [event.message_id for event in response.events]
        middle = response.events[10].cursor if len(response.events) > 10 else None
    assert ids == [f"m{i}" for i in range(1, 301)], ids[:5]
    assert response.phase == event_service_pb2.WatchEventsResponse.PHASE_LIVE
    assert len(set(cursors)) == len(cursors)

    resumed = event_service_pb2.WatchEventsRequest(cursor=middle, stop_at_head=True)
    rest = [e.message_id for r in stub.WatchEvents(resumed) for e in r.events]
    assert rest == ids[-len(rest):] and rest, rest[:5]
    return cursors[-1]


def check_error(stub):
    try:
        for _ in stub.WatchEvents(event_service_pb2.WatchEventsRequest(cursor="nonsense")):
            pass
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.INVALID_ARGUMENT, error
        info = reason_of(error)
        assert (info.domain, info.reason) == ("mailtrail", "CURSOR_MALFORMED"), info
        return
    raise AssertionError("a cursor that is none was taken")


def check_message(channel):
    stub = message_service_pb2_grpc.MessageServiceStub(channel)
    answer = stub.GetMessage(message_service_pb2.GetMessageRequest(id="m7"))
    json = json_format.MessageToDict(answer.message, including_default_value_fields=True)
    assert json["recipients"][0]["state"] == "STATE_ACCEPTED", json
    assert json["engagement"]["opens"] == "0", json
    assert event_pb2.EVENT_TYPE_SEND == 2


def main():
    with grpc.insecure_channel(sys.argv[1]) as channel:
        stub = event_service_pb2_grpc.EventServiceStub(channel)
        listed_at = check_list(stub)
        watched_to = check_watch(stub)
        assert listed_at == watched_to, (listed_at, watched_to)
        check_error(stub)
        check_message(channel)
    print("ok")


if __name__ == "__main__":
    main()
