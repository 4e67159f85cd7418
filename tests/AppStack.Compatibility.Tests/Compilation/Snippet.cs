using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AppStack.Compatibility.Tests.Compilation;

/// <summary>Compiles statements as the body of a method that has the variables the tests speak of.</summary>
internal static class Snippet
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The ids of the errors that the compiler finds, in order.</summary>
    public static IReadOnlyList<string> ErrorsOf(string statements, string declarations = "")
    {
        var source = $$"""
            #nullable enable
            using System;
            using System.Collections.Generic;
            using System.Collections.Immutable;
            using System.Linq;
            using System.Threading.Tasks;
            using Pulumi;
            using Remote = Pulumi.Command.Remote;

            public sealed class SampleArgs : ResourceArgs
            {
                [Input("list")] private InputList<string>? _list;
                [Input("map")] private InputMap<string>? _map;
                [Input("triggers")] private InputList<object>? _triggers;
                public InputList<string> L { get => _list ??= new InputList<string>(); set => _list = value; }
                public InputMap<string> M { get => _map ??= new InputMap<string>(); set => _map = value; }
                public InputList<object> Triggers { get => _triggers ??= new InputList<object>(); set => _triggers = value; }
                [Input("text")] public Input<string>? Text { get; set; }
                [Input("number")] public Input<int>? Number { get; set; }
            }

            public sealed class R2 : CustomResource
            {
                public R2(string name) : base("sample:index:R2", name, ResourceArgs.Empty) { }
            }

            {{declarations}}

            public static class Program
            {
                public static void Run(Output<string> output, Input<string> input, string n, bool cond, IEnumerable<string> many, string[] xs, object a)
                {
                    {{statements}}
                }
            }
            """;
        var compilation = CSharpCompilation.Create(
            "snippet",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest))],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return
        [
            .. compilation.GetDiagnostics()
                .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(static diagnostic => diagnostic.Id)
                .Distinct(StringComparer.Ordinal),
        ];
    }
}
