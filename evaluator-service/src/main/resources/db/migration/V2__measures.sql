-- All measures of a result as one document; accuracy and loss stay columns, for questions in SQL.
alter table model_result add column measures jsonb;
update model_result set measures =
  jsonb_build_object('accuracy', accuracy, 'loss', loss, 'images', images, 'confusion', confusion);
alter table model_result alter column measures set not null;
alter table model_result drop column images;
alter table model_result drop column confusion;
