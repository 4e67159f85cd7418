using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Pulumi.Kubernetes.Generator;

/// <summary>Makes the resource, args and output classes of the bindings from the tables of kinds and fields; one source per table.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class BindingsGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor BadTable = new(
        "K8S001",
        "A table of Kubernetes types cannot be read",
        "{0}",
        "Bindings",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var tables = context.AdditionalTextsProvider
            .Where(static text => Path.GetFileName(Path.GetDirectoryName(text.Path)) == "Table")
            .Select(static (text, cancellationToken) => (text.Path, Content: text.GetText(cancellationToken)?.ToString() ?? ""))
            .Collect();
        context.RegisterSourceOutput(tables, static (output, files) => Generate(output, files));
    }

    private static void Generate(SourceProductionContext output, ImmutableArray<(string Path, string Content)> files)
    {
        try
        {
            foreach (var (path, content) in files)
            {
                var group = TableReader.Read(path, content);
                output.AddSource(group.Namespace + ".g.cs", SourceText.From(SourceWriter.Write(group), Encoding.UTF8));
            }
        }
        catch (FormatException exception)
        {
            output.ReportDiagnostic(Diagnostic.Create(BadTable, Location.None, exception.Message));
        }
    }
}
