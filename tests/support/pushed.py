"""A browser that takes pushes: what its maker's service would bring is handed to the page's own worker."""

import json
from typing import Any

from tests.support.browser import Screen

SUBSCRIBED = """(subscription) => {
    const { endpoint } = subscription;
    const own = { endpoint, toJSON: () => subscription, unsubscribe: async () => true };
    PushManager.prototype.subscribe = async () => own;
    PushManager.prototype.getSubscription = async () => own;
}"""
SHOWN = """() => navigator.serviceWorker.ready
    .then((worker) => worker.getNotifications())
    .then((list) => list.map(({ title, body, actions }) => {
        return { title, body, buttons: actions.map((each) => each.title) };
    }))
"""
PRESS = """async (action) => {
    const [notification] = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action }));
}"""


class PushedTo:
    """The browser behind a screen."""

    def __init__(self, screen: Screen) -> None:
        self._screen, self._worker = screen, ""
        screen.page.context.grant_permissions(["notifications"])
        screen.is_kept_by_worker()
        self._session = screen.page.context.new_cdp_session(screen.page)
        self._session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self._session.send("ServiceWorker.enable")
        screen.page.wait_for_function("() => true")
        assert self._worker

    def _note(self, event: Any) -> None:
        for each in event["registrations"]:
            self._worker = each["registrationId"]

    def push(self, said: Any) -> None:
        """Bring a message to a worker that has to be woken for it."""
        self._session.send("ServiceWorker.stopAllWorkers")
        data = {"origin": self._screen.url, "registrationId": self._worker, "data": json.dumps(said)}
        self._session.send("ServiceWorker.deliverPushMessage", data)

    def shown(self) -> list[Any]:
        return list(self._screen.page.evaluate(SHOWN))

    def press(self, action: str) -> None:
        """Press a button of the notification, or the notification itself."""
        [worker] = self._screen.page.context.service_workers
        worker.evaluate(PRESS, action)
