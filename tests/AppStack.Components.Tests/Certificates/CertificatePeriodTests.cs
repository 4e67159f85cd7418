using AppStack.Components.Certificates;

namespace AppStack.Components.Tests.Certificates;

public sealed class CertificatePeriodTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_certificate_is_issued_anew_long_before_it_expires()
    {
        foreach (var name in new[] { "main-db-1-certificate", "main-pooler-2-certificate", "vault-backup-1-backup-certificate" })
        {
            var renewals = Enumerable.Range(0, 3 * CertificatePeriod.ValidDays)
                .Where(day => CertificatePeriod.Of(name, Now.AddDays(day)) != CertificatePeriod.Of(name, Now.AddDays(day - 1)))
                .ToList();

            Assert.All(renewals.Zip(renewals.Skip(1), (first, second) => second - first), days => Assert.Equal(CertificatePeriod.PeriodDays, days));
            Assert.True(CertificatePeriod.PeriodDays * 2 <= CertificatePeriod.ValidDays, "Whoever deploys only now and then must find it valid still.");
        }
    }

    [Fact]
    public void Not_all_of_them_on_one_day() =>
        Assert.True(Enumerable.Range(1, 20).Select(node => Enumerable.Range(0, CertificatePeriod.PeriodDays)
            .First(day => CertificatePeriod.Of($"main-db-{node}-certificate", Now.AddDays(day)) != CertificatePeriod.Of($"main-db-{node}-certificate", Now.AddDays(day + 1)))).Distinct().Count() > 5);
}
