"""Writes vision/src/test/resources/statistics/goldens.json: what scikit-learn, SciPy and statsmodels say about predictions that both sides can make.

Run by tools/statistics-goldens; see tools/README.md.
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy import optimize, special, stats
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar

IMAGES, CLASSES = 200, 5


def bank(seed, classes=CLASSES):
    """The logits of io.tencrop.vision.evaluation.Banks, exact in float32."""
    i = np.arange(IMAGES * classes)
    logits = (((i * 7919 + seed * 104729) % 1009) / 256).reshape(IMAGES, classes)
    image = np.arange(IMAGES)
    labels = image * 31 % classes
    logits[image, labels] += (image * 13 + seed * 17) % 7 * 0.25
    return logits, labels


def nll(probabilities, labels):
    return -np.log(probabilities[np.arange(len(labels)), labels]).mean()


def calibration_error(probabilities, labels, bins=15):
    confidence, predicted = probabilities.max(1), probabilities.argmax(1)
    index = np.digitize(confidence, np.linspace(0, 1, bins + 1)[1:-1], right=True)
    gaps = [
        (abs(confidence[index == b].mean() - (predicted == labels)[index == b].mean()), (index == b).mean())
        for b in range(bins)
        if (index == b).any()
    ]
    return sum(gap * share for gap, share in gaps), max(gap for gap, _ in gaps)


def single(seed, classes):
    logits, labels = bank(seed, classes)
    p = special.softmax(logits, axis=1)
    predicted = p.argmax(1)
    precision, recall, f1, support = metrics.precision_recall_fscore_support(labels, predicted, zero_division=0)
    expected, maximum = calibration_error(p, labels)
    fit = optimize.minimize_scalar(
        lambda t: nll(special.softmax(logits / np.exp(t), axis=1), labels),
        bounds=(np.log(0.01), np.log(100)), method="bounded", options={"xatol": 1e-12},
    )
    right = int((predicted == labels).sum())
    # The bootstrap distribution of a proportion is binomial; its percentile interval without sampling.
    low, high = stats.binom.ppf([0.025, 0.975], IMAGES, right / IMAGES) / IMAGES
    resampled = stats.bootstrap(
        ((predicted == labels).astype(float),), np.mean, n_resamples=20_000, method="percentile", random_state=np.random.default_rng(1)
    ).confidence_interval
    assert abs(resampled.low - low) < 0.011 and abs(resampled.high - high) < 0.011, (resampled, low, high)
    case = {
        "seed": seed, "classes": classes,
        "precision": precision.tolist(), "recall": recall.tolist(), "f1": f1.tolist(), "support": support.tolist(),
        "top2": float(metrics.top_k_accuracy_score(labels, p, k=2)) if classes > 2 else 1.0,
        "expectedCalibrationError": expected, "maximumCalibrationError": maximum,
        "temperature": float(np.exp(fit.x)), "lossAtTemperature": float(fit.fun),
        "interval": [low, high],
    }
    if classes == 2:
        case["auc"] = float(metrics.roc_auc_score(labels, p[:, 1]))
    return case


def pair(one, other):
    rights = []
    for seed in (one, other):
        logits, labels = bank(seed)
        rights.append(logits.argmax(1) == labels)
    a, b = rights
    table = [[int((a & b).sum()), int((a & ~b).sum())], [int((~a & b).sum()), int((~a & ~b).sum())]]
    difference = a.astype(float) - b.astype(float)
    interval = stats.bootstrap(
        (difference,), np.mean, n_resamples=50_000, method="percentile", random_state=np.random.default_rng(2)
    ).confidence_interval
    return {
        "first": one, "second": other, "onlyFirst": table[0][1], "onlySecond": table[1][0],
        "difference": float(difference.mean()), "pValue": float(mcnemar(table, exact=True).pvalue),
        "bootstrap": [float(interval.low), float(interval.high)],
    }


def ensemble(count):
    banks = [bank(seed) for seed in range(1, count + 1)]
    labels = banks[0][1]
    ps = np.stack([special.softmax(logits, axis=1) for logits, _ in banks])
    likelihood = ps[:, np.arange(IMAGES), labels]
    fit = optimize.minimize(
        lambda w: -np.log(w @ likelihood).mean(), np.full(count, 1 / count), method="SLSQP",
        bounds=[(0, 1)] * count, constraints={"type": "eq", "fun": lambda w: w.sum() - 1}, options={"ftol": 1e-14, "maxiter": 1000},
    )
    right = np.stack([logits.argmax(1) == labels for logits, _ in banks])
    pairs = [(i, j) for i in range(count) for j in range(i)]
    logits = special.softmax(np.mean([logits for logits, _ in banks], axis=0), axis=1)
    return {
        "members": count, "fittedLoss": float(fit.fun), "fittedWeights": fit.x.tolist(),
        "disagreement": float(np.mean([(right[i] != right[j]).mean() for i, j in pairs])),
        "doubleFault": float(np.mean([(~right[i] & ~right[j]).mean() for i, j in pairs])),
        "meanOfLogitsLoss": float(nll(logits, labels)), "meanOfLogitsAccuracy": float((logits.argmax(1) == labels).mean()),
    }


goldens = {
    "single": [single(seed, CLASSES) for seed in (1, 2, 3, 7)] + [single(seed, 2) for seed in (1, 4)],
    "pairs": [pair(1, 2), pair(2, 1), pair(3, 5), pair(4, 4), pair(2, 6)],
    "ensembles": [ensemble(2), ensemble(6)],
}
Path(sys.argv[1]).write_text(json.dumps(goldens, indent=1) + "\n")
