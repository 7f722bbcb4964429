"""What the comparisons of Tencrop with PyTorch share: how Tencrop is started, and the machine's name."""

import datetime
import os
import platform

with open(os.path.join(os.path.dirname(__file__), "environment")) as lines:
    # How the services that compute are started.
    ENVIRONMENT = dict(line.strip().split("=", 1) for line in lines if not line.startswith("#"))


def tencrop(classpath, main):
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    return [java, "-Xmx1g", "-Dai.djl.offline=true", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp", classpath, "io.tencrop.bench." + main]


def processor():
    with open("/proc/cpuinfo") as lines:
        return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def session(engines):
    return f"{datetime.date.today()}: {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; {'; '.join(engines)}."
