#!/usr/bin/env python3
"""Makes the files of measured.journey: the same bytes on every run."""
import csv
import datetime
import random

rng = random.Random(39)
months = [datetime.date(2024 + (m // 12), m % 12 + 1, 1) for m in range(11, 35)]  # 2024-12 … 2026-11


def write(name, header, rows, delimiter=','):
    with open(name, 'w', newline='', encoding='utf-8') as file:
        out = csv.writer(file, delimiter=delimiter, lineterminator='\n')
        out.writerow(header)
        out.writerows(rows)


def day(month):
    return month.replace(day=rng.randint(1, 20))


# 39 answers in the last year: 8 promoters, 22 detractors, as in the published example.
scores = [9, 10] * 4 + [7, 8, 8, 7, 7, 8, 7, 8, 8] + [rng.randint(0, 6) for _ in range(22)]
rng.shuffle(scores)
dates = sorted(day(months[12 + i * 12 // 39]) for i in range(39))
write('exit.csv', ['Answered on', 'How likely are you to recommend us?', 'Plan', 'Why?'],
      [[d.strftime('%d/%m/%Y'), s, 'Pro' if i % 5 == 0 else 'Basic', 'It was fine,\nthen it was not' if i == 7 else 'Too dear; too slow']
       for i, (d, s) in enumerate(zip(dates, scores))], ';')

# 24 months, getting better; many answers.
rows = []
for i, month in enumerate(months):
    for _ in range(30 + i * 4):
        good = rng.random() < 0.45 + i * 0.012
        rows.append([day(month).isoformat(), rng.choice([4, 5]) if good else rng.choice([1, 2, 3, 3]),
                     rng.choice(['Phone', 'Chat', 'Web'])])
write('satisfaction.csv', ['Date', 'Satisfaction', 'Channel'], rows)

# Seven months, the newest of March: out of date.
rows = []
for i, month in enumerate(months[9:16]):
    for _ in range(14):
        rows.append([day(month).isoformat(), max(1, min(7, round(rng.gauss(4.4 - i * 0.15, 1.4))))])
write('effort.csv', ['Day', 'It was easy'], rows)

# Clients by month.
rows, clients = [], 900
for i, month in enumerate(months[12:]):
    new, lost = rng.randint(40, 70), round(clients * (0.05 + 0.012 * rng.random() + (0.05 if i in (6, 7) else 0)))
    rows.append([month.strftime('%Y-%m'), clients, new, lost, clients + new - lost])
    clients += new - lost
write('clients.csv', ['Month', 'At the start', 'New', 'Lost', 'At the end'], rows)
