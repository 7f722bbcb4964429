"""What the comparisons of Tencrop with PyTorch share: how Tencrop is started, and the machine's name."""

import datetime
import os
import platform

# What the services are started with, see docs/performance.md.
HUGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", "THP_MEM_ALLOC_ENABLE": "1"}


def tencrop(classpath, main):
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    return [java, "-Xmx1g", "-Dai.djl.offline=true", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp", classpath, "io.tencrop.bench." + main]


def processor():
    with open("/proc/cpuinfo") as lines:
        return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def session(engines):
    return f"{datetime.date.today()}: {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; {'; '.join(engines)}."
