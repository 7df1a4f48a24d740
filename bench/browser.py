"""Debian's Chromium, driven by Debian's Selenium, for e2e/board. What the page requests and reports is recorded."""
import json
import time
import urllib.parse

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

DRIVER = "/usr/bin/chromedriver"
# Chromium does not start as root with its sandbox, and a container has a small /dev/shm.
ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--no-first-run", "--hide-scrollbars", "--lang=en-GB"]
# Chromium itself reports them: a CSP violation, a script error, and each response with an error status.
SEVERE = {"SEVERE"}


class Browser:
    """A browser with one page. It has no profile, so nothing of one test is left for the next."""

    def __init__(self, width=1440, height=900, dark=False):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in ARGUMENTS:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service(DRIVER), options=options)
        self.size(width, height)
        self.dark(dark)
        self.requested, self.messages = [], []
        # Violations of the policy are also recorded by an event, from the first moment of each page.
        self.cdp("Page.addScriptToEvaluateOnNewDocument", source="""
            window.violations = [];
            document.addEventListener('securitypolicyviolation', (e) => violations.push(`${e.violatedDirective} ${e.blockedURI}`));
            window.failures = [];
            addEventListener('error', (e) => failures.push(String(e.message)));
            addEventListener('unhandledrejection', (e) => failures.push(String(e.reason)));""")

    def cdp(self, command, **parameters):
        return self.driver.execute_cdp_cmd(command, parameters)

    def size(self, width, height):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def dark(self, dark):
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def open(self, url):
        self.driver.get("about:blank")
        self.driver.get(url)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def call(self, script, *arguments):
        """Runs a script that returns a promise."""
        return self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1]; (async (...args) => {" + script + "})(...arguments)"
            ".then((value) => done({value}), (e) => done({error: String(e)}));", *arguments)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector="main"):
        return self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def until(self, script, *arguments, seconds=10, what=None):
        """Waits until a script returns something true, and returns it with the seconds that it took."""
        begun = time.monotonic()
        while True:
            result = self.run(script, *arguments)
            if result or time.monotonic() > begun + seconds:
                break
            time.sleep(0.02)
        if not result:
            raise AssertionError(f"not within {seconds} s: {what or script}")
        return result, time.monotonic() - begun

    def until_text(self, text, selector="main", seconds=10):
        return self.until("return (document.querySelector(arguments[0])?.innerText ?? '').includes(arguments[1])", selector, text,
                          seconds=seconds, what=f"the text {text!r}")[1]

    def keys(self, *keys):
        """Types into the element that has the focus."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def screenshot(self, path):
        self.driver.save_screenshot(path)

    def heap(self):
        """Returns the memory of the page's objects in MiB, after a garbage collection."""
        self.cdp("HeapProfiler.collectGarbage")
        self.cdp("Performance.enable", timeDomain="threadTicks")
        metrics = {metric["name"]: metric["value"] for metric in self.cdp("Performance.getMetrics")["metrics"]}
        return metrics["JSHeapUsedSize"] / 2**20

    def cpu_time(self):
        """Returns the CPU time of the page's main thread in milliseconds. It varies less than elapsed time on a busy machine."""
        self.cdp("Performance.enable", timeDomain="threadTicks")
        metrics = {metric["name"]: metric["value"] for metric in self.cdp("Performance.getMetrics")["metrics"]}
        return metrics["ThreadTime"] * 1000

    def record(self):
        """Reads the log of the browser up to now: its messages, and the addresses that the page requested."""
        for entry in self.driver.get_log("browser"):
            self.messages.append(f"{entry['level']} {entry['message']}")
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                self.requested.append(message["params"]["request"]["url"])
        self.messages += [f"VIOLATION {text}" for text in self.run("return window.violations?.splice(0) ?? []")]
        self.messages += [f"FAILURE {text}" for text in self.run("return window.failures?.splice(0) ?? []")]

    def foreign(self, port):
        """Returns the requested addresses that are not of the service."""
        own = {f"127.0.0.1:{port}", f"localhost:{port}"}
        return [url for url in self.requested
                if urllib.parse.urlsplit(url).netloc not in own and url != "about:blank" and not url.startswith("data:")]

    def close(self):
        self.driver.quit()
