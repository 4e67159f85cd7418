using System.Diagnostics.Metrics;
using Dilosi.Declarations;

namespace Dilosi.Runtime;

/// <summary>What the service counts. Names follow OpenTelemetry; Prometheus reads <c>dilosi_documents_issued_total</c> and so on.</summary>
public sealed class DilosiMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Dilosi";

    private readonly Counter<long> _issued;
    private readonly Counter<long> _verified;
    private readonly Counter<long> _retried;

    /// <summary>Makes the counters.</summary>
    public DilosiMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _issued = meter.CreateCounter<long>("dilosi.documents.issued", "{document}", "Documents issued, by type; replayed: asked for again with the same key.");
        _verified = meter.CreateCounter<long>("dilosi.documents.verified", "{document}", "Verifications, by result.");
        _retried = meter.CreateCounter<long>("dilosi.database.retries", "{statement}", "Statements that were tried again.");
    }

    /// <summary>Counts a document that was issued.</summary>
    public void Issued(DeclarationType type, bool replayed) => _issued.Add(1, new("type", type.Word()), new("replayed", replayed ? "true" : "false"));

    /// <summary>Counts a verification.</summary>
    public void Verified(bool valid) => _verified.Add(1, new KeyValuePair<string, object?>("result", valid ? "valid" : "unknown"));

    /// <summary>Counts a statement that is tried again.</summary>
    public void Retried() => _retried.Add(1);
}
