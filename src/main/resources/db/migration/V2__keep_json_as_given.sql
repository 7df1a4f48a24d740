-- json keeps the order of keys and the digits of numbers as a client gave them, and is cheaper to write than jsonb.
alter table software_deployment
    drop constraint software_deployment_input_values_check,
    drop constraint software_deployment_output_values_check,
    alter column input_values type json,
    alter column output_values type json,
    add constraint software_deployment_input_values_check check (json_typeof(input_values) = 'object'),
    add constraint software_deployment_output_values_check check (json_typeof(output_values) = 'object');
